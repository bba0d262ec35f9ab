import { problemText, type SortieVerdict } from "../sortie/verifySortie.js";
import { userPaths } from "../station/installation.js";
import { verifySortieFolder } from "../station/recording/verifyFolder.js";
import { readArguments } from "./arguments.js";
import { failureLine } from "./failureLine.js";
import { EXIT_DONE, EXIT_FAILED, printJson, printText, print, wrongUse } from "./output.js";

export const verifyHelp = "vigie verify SORTIE_DIR [--json]";

/** Exit 0 for a sortie that is intact, or unsealed (crash, power cut) with nothing wrong in it; 1 for anything else. */
export async function runVerify(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(argv, { json: { type: "boolean", default: false } });
  if (!parsed.ok) return wrongUse(parsed.error, verifyHelp);
  const { positionals, values } = parsed.value;
  const [folder] = positionals;
  if (folder === undefined || positionals.length !== 1) return wrongUse("one sortie folder is needed", verifyHelp);
  const verdict = await verifySortieFolder(folder, userPaths().data);
  if (!verdict.ok) {
    print(`vigie verify: ${failureLine(verdict.error)}`);
    return EXIT_FAILED;
  }
  const { problems, countOfEvents, countOfFiles, isTailCut, isBeingRecorded, unlistedPaths } = verdict.value;
  if (values.json) printJson({ sortie: folder, ...verdict.value, problems: problems.map(problemText) });
  else {
    const word = isBeingRecorded ? "being recorded" : verdict.value.verdict;
    printText(`${word}: ${countOfFiles} files, ${countOfEvents} events`);
    printText(signatureLine(verdict.value));
    if (isTailCut && !isBeingRecorded) printText("the last event was cut off as it was written (crash or power cut)");
    for (const path of unlistedPaths) printText(`not part of the sealed sortie: ${path}`);
    for (const problem of problems) printText(problemText(problem));
  }
  return verdict.value.verdict === "tampered" ? EXIT_FAILED : EXIT_DONE;
}

const UNSEALED = [
  "not sealed, so not signed: the station ended before it could (crash, power cut)",
  "what you can trust: every event up to the last is in its order and unchanged (the chain of hashes holds); nobody can",
  "prove that nothing was cut off at the end, and the other files (track, video, pictures) have no recorded hash",
  "what to do: keep the folder as it is, copy it now and note the time; `vigie replay` and Review open it as any other",
].join("\n");

function signatureLine({ verdict, signature, stationVersion, isBeingRecorded }: SortieVerdict): string {
  switch (signature.state) {
    case "right":
      return signature.isKnown
        ? `signed by this station's key ${signature.fingerprint}`
        : `signed by key ${signature.fingerprint}, which this station does not know (another station's)`;
    case "wrong":
      return "the signature is wrong or missing";
    case "none": {
      if (isBeingRecorded) return "not sealed yet, so not signed";
      if (verdict === "unsealed") return UNSEALED;
      return `not signed${stationVersion === undefined ? "" : ` (recorded by ${stationVersion})`}`;
    }
  }
}
