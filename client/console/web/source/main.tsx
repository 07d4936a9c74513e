// The coordinator's screens: takes the token from the address, and shows what the state asks for.
import { render } from 'preact';

import { App } from './app.tsx';
import { watchKeys } from './keys.ts';
import { prefer } from './language.ts';
import { watchBackButton } from './router.ts';
import { openWith, takeToken, wipeOnLeaving } from './session.ts';

const token = takeToken();
prefer(undefined);
watchBackButton();
watchKeys();
wipeOnLeaving();
const place = document.getElementById('console');
if (place) render(<App />, place);
void openWith(token);
