import { join } from "node:path";
import { sortieFolderName } from "../../sortie/layout.js";

type Naming = {
  /** Holds every sortie's folder but a named first one. */
  readonly sortiesFolder: string;
  /** The exact folder of the first sortie. */
  readonly firstFolder?: string | undefined;
  /** Ends the name of a folder; the time is before it. */
  readonly label: string;
};

/** The folder of each sortie, asked for once at its beginning. */
export function sortieFolders({ sortiesFolder, firstFolder, label }: Naming): (sinceUnixUs: number) => string {
  let first = firstFolder;
  return (sinceUnixUs) => {
    const folder = first ?? join(sortiesFolder, sortieFolderName(sinceUnixUs, label));
    first = undefined;
    return folder;
  };
}
