import { join } from "node:path";
import { appPaths, installRoot, siblingBundle, type AppPaths } from "../io/appPaths.js";

/** Path of a file of this installation, for commands that may not import from `io`. */
export const bundleFile = (name: string): string => siblingBundle(name);
export const pagesFolder = (): string => join(installRoot(), "dist", "renderer");
/** The coast line that is shipped. */
export const builtInCoastFile = (): string => join(installRoot(), "missions", "coast", "channel.json");
export const userPaths = (): AppPaths => appPaths();
