// The web form: Sveltia CMS, with records read and written as the program reads them.
import CMS from '@sveltia/cms';
import { read, write } from './records.js';

CMS.registerCustomFormat('kbp', 'yml', { fromFile: read, toFile: write });
CMS.init();
