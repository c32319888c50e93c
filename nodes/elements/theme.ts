// For a page without an element: its widgets have the theme of those that have one.

import { tellPage } from './theme/page.ts';

tellPage();
