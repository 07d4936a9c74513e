// The page that is delivered: its screens over the protocol core.

import { openVisit } from './core.ts';
import { startPage } from './page.ts';

startPage(openVisit());
