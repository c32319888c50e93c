/** The file of the worker; the build puts in the built one's. */
export const workerFile: URL | string = new URL('./worker.ts', import.meta.url);
