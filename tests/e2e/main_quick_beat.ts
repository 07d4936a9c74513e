// The page that is delivered, with beats of 0.4 s instead of 5: for stories that walk all the way through it.
import { partsOfDocument } from '../../client/page/source/document.ts';
import { startPage } from '../../client/page/source/page.ts';
import { makeVisit } from '../../client/page/source/visit.ts';

void makeVisit({ ...partsOfDocument(), beat: 400 }).then(startPage);
