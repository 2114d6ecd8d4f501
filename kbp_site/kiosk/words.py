"""What a kiosk's screen says, by the name that its scripts know."""

from __future__ import annotations

from collections.abc import Mapping

from kbp_site.locale import Language, Text, text

WORDS: Mapping[str, Text] = {
    "welcome": text("Selamat datang. Sentuh layar untuk membaca."),
    "touch": text("Sentuh layar untuk mulai"),
    "start": text("Awal"),
    "back": text("Kembali"),
    "search": text("Cari"),
    "letters": text("Daftar A–Z"),
    "choose_topic": text("Pilih topik"),
    "choose_story": text("Atau langsung baca"),
    "stories": text("{count} cerita"),
    "plain": text("Huruf biasa"),
    "larger": text("Huruf besar"),
    "largest": text("Huruf paling besar"),
    "contrast": text("Kontras"),
    "close": text("Tutup"),
    "space": text("spasi"),
    "delete": text("hapus"),
    "clear": text("kosongkan"),
    "type": text("Ketik satu kata, misalnya mediasi"),
    "found": text("{count} ditemukan"),
    "nothing": text("Belum ada yang cocok. Coba kata lain, atau pilih dari A–Z."),
    "scan": text("Buka di ponsel Anda"),
    "scan_how": text("Arahkan kamera ponsel ke kode ini. Alamatnya:"),
    "still_here": text("Masih di sini?"),
    "leaving": text("Layar kembali ke awal dalam {count} detik."),
    "stay": text("Ya, lanjut membaca"),
    "finish": text("Sudah selesai"),
    "loading": text("Membuka …"),
    "slow": text("Halaman ini belum juga terbuka. Tunggu sebentar, atau pilih yang lain."),
    "broken": text("Halaman ini tidak dapat dibuka. Pilih yang lain."),
    "staff": text("Halaman petugas"),
    "staff_code": text("Masukkan kode pameran"),
    "wrong_code": text("Kode itu tidak cocok. Kodenya ada di BACA-SAYA."),
    "version": text("Versi {day}"),
    "expires": text("Sebaiknya diperbarui sebelum {day}."),
    "expired": text("Isi ini perlu diperbarui: batasnya {day}. Pengunjung tetap dapat membaca."),
    "counts": text("Hitungan di layar ini"),
    "sessions": text("Kunjungan"),
    "resets": text("Kembali ke awal"),
    "opened": text("Dibuka"),
    "by_hour": text("Kunjungan menurut jam"),
    "by_language": text("Menurut bahasa"),
    "no_counts": text("Belum ada hitungan."),
    "save_csv": text("Simpan CSV"),
    "saved": text("Tersimpan. Cari di folder Unduhan komputer ini."),
    "counts_code": text("Kode QR hitungan"),
    "counts_how": text("Pindai dengan ponsel untuk membawa hitungan ini."),
    "more_in_csv": text("Selebihnya ada di CSV."),
    "forget": text("Hapus hitungan"),
    "forget_sure": text("Tekan lagi untuk menghapus"),
    "reload": text("Muat ulang layar"),
    "calibrate": text("Atur ukuran layar"),
    "calibrate_how": text("Tempelkan kartu bank di layar, lalu samakan lebar kotak ini dengan lebar kartunya."),
    "narrower": text("Lebih sempit"),
    "wider": text("Lebih lebar"),
    "much_narrower": text("Jauh lebih sempit"),
    "much_wider": text("Jauh lebih lebar"),
    "keep": text("Simpan"),
    "original": text("Ukuran semula"),
    "test": text("Uji sentuhan dan warna"),
    "test_how": text("Sentuh setiap kotak. Yang tersentuh menjadi hijau."),
    "reading": text("Halaman"),
    "keyboard": text("Papan ketik"),
    "controls": text("Tombol layar"),
}

OWN_NAMES: Mapping[Language, str] = {"id": "Bahasa Indonesia", "en": "English"}
"""Languages as their readers call them: a button to one is for people who read no other."""


def words_in(language: Language) -> dict[str, str]:
    """Return all of it in a language; places for values stay as they are ("{count}")."""
    said = {name: sentence_of(sentence, language) for name, sentence in WORDS.items()}
    return {**said, "language": OWN_NAMES[language]}


def sentence_of(sentence: Text, language: Language) -> str:
    """Return a sentence with its places for values."""
    return text(sentence.template, count="{count}", day="{day}").say(language)
