import { problemText } from "../sortie/verifySortie.js";
import { verifySortieFolder } from "../station/recording/verifyFolder.js";
import { readArguments } from "./arguments.js";
import { failureLine } from "./failureLine.js";
import { EXIT_DONE, EXIT_FAILED, printJson, printText, say, wrongUse } from "./output.js";

export const verifyHelp = "vigie verify SORTIE_DIR [--json]";

/** Exit 0 for a sortie that is intact, or unsealed (crash, power cut) with nothing wrong in it; 1 for anything else. */
export async function runVerify(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(argv, { json: { type: "boolean", default: false } });
  if (!parsed.ok) return wrongUse(parsed.error, verifyHelp);
  const { positionals, values } = parsed.value;
  const [folder] = positionals;
  if (folder === undefined || positionals.length !== 1) return wrongUse("one sortie folder is needed", verifyHelp);
  const verdict = await verifySortieFolder(folder);
  if (!verdict.ok) {
    say(`vigie verify: ${failureLine(verdict.error)}`);
    return EXIT_FAILED;
  }
  const { problems, countOfEvents, countOfFiles, isTailCut, unlistedPaths } = verdict.value;
  if (values.json) printJson({ sortie: folder, ...verdict.value, problems: problems.map(problemText) });
  else {
    printText(`${verdict.value.verdict}: ${countOfFiles} files, ${countOfEvents} events`);
    if (isTailCut) printText("the last event was cut off as it was written (crash or power cut)");
    for (const path of unlistedPaths) printText(`not part of the sealed sortie: ${path}`);
    for (const problem of problems) printText(problemText(problem));
  }
  return verdict.value.verdict === "tampered" ? EXIT_FAILED : EXIT_DONE;
}
