/** The thread of a history. The build puts the name of its file in the package here. */
export const workerFile: URL | string = new URL('./store/worker.ts', import.meta.url);
