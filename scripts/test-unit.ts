// The tests that need nothing but this thread and loopback: what to run after each change.
import { mocha, outsideTests, perform } from './steps.ts';

const ignored = outsideTests.flatMap((glob) => ['--ignore', glob]);

perform([['Unit tests', () => mocha(...ignored, 'test/**/*.test.ts')]]);
