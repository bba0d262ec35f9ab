import { join } from "node:path";
import { appPaths, installRoot, siblingBundle, type AppPaths } from "../io/appPaths.js";

/** Where this installation's own files are, for commands that may not open `io`. */
export const bundleFile = (name: string): string => siblingBundle(name);
export const pagesFolder = (): string => join(installRoot(), "dist", "renderer");
export const userPaths = (): AppPaths => appPaths();
