/** The thread of flows. The build puts the name of its file in the package here. */
export const workerFile: URL | string = new URL('./worker.ts', import.meta.url);
