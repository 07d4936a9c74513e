// The page that is delivered: its screens over the protocol core, which lies in the document.

import { partsOfDocument } from './document.ts';
import { startPage } from './page.ts';
import { makeVisit } from './visit.ts';

void makeVisit(partsOfDocument()).then(startPage);
