// What holds without running anything: types, lint and format.
import { checks, perform } from './steps.ts';

perform(checks);
