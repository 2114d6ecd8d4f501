@echo off
rem Starts the exhibition's screen in Edge or Chrome, and starts it again when it ends.
rem To end it: press Alt+F4 on the screen, then S in this window.
setlocal
set "PAGE=%~dp0MULAI.html"
set "PROFILE=%LOCALAPPDATA%\kbp-kios-@exhibition@"
set "BROWSER="
for %%B in (
  "%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe"
  "%ProgramFiles%\Microsoft\Edge\Application\msedge.exe"
  "%ProgramFiles%\Google\Chrome\Application\chrome.exe"
  "%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe"
) do if not defined BROWSER if exist %%B set "BROWSER=%%~B"
if not defined BROWSER (
  echo Belum ada Edge atau Chrome. Buka MULAI.html dengan klik ganda.
  start "" "%PAGE%"
  pause
  exit /b 1
)
:again
start "" /wait "%BROWSER%" --user-data-dir="%PROFILE%" --kiosk --no-first-run --no-default-browser-check --hide-crash-restore-bubble --disable-pinch --overscroll-history-navigation=0 --disable-features=Translate "%PAGE%"
choice /c SL /n /t 10 /d L /m "Layar ditutup. Tekan S untuk selesai. Tanpa itu, layar mulai lagi dalam 10 detik."
if errorlevel 2 goto again
