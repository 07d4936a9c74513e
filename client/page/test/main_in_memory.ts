// The page over a visit in memory, for tests of the screens.

import { startPage } from '../source/page.ts';
import { VisitInMemory } from './visit_in_memory.ts';

const visit = new VisitInMemory();
Object.assign(globalThis, { visit });
startPage(visit);
