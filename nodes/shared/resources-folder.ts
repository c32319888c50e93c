/** The folder of the elements that dashboards show; in the package, where the build says that it is. */
export const resourcesFolder: URL | string = new URL('../../resources/', import.meta.url);
