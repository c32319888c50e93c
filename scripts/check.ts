// What holds without running anything: types, lint, format, and no unused exports.
import { checks, perform } from './steps.ts';

perform(checks);
