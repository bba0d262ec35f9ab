import { join } from "node:path";
import { appPaths, installRoot, siblingBundle, type AppPaths } from "../io/appPaths.js";

/** Path of a file of this installation, for commands that may not import from `io`. */
export const bundleFile = (name: string): string => siblingBundle(name);
export const pagesFolder = (): string => join(installRoot(), "dist", "renderer");
export const userPaths = (): AppPaths => appPaths();
