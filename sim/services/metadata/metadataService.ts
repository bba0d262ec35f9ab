import { gzipSync } from "node:zlib";
import type { AircraftView } from "../../aircraftView.js";
import { answerRequest, commandIn, type Requestable } from "../commands.js";
import { crc32part } from "../crc32.js";
import type { StoredFiles } from "../files/fileService.js";
import { definitionsOf } from "../params/definitions.js";
import type { Service } from "../service.js";
import { paramMetadataJson } from "./paramMetadata.js";

const COMPONENT_METADATA = 397;
const TYPE_PARAMETER = 1;
const FOLDER = "etc/extras";
const GENERAL = `${FOLDER}/component_general.json`;
const PARAMETERS = `${FOLDER}/parameters.json.gz`;

type Metadata = { readonly service: Service; readonly files: StoredFiles };

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * PX4's component metadata: COMPONENT_METADATA names the general file on the aircraft, that one the parameters' file
 * (compressed), both read by MAVFTP. ArduPilot has none.
 */
export function createMetadata(view: AircraftView): Metadata {
  const parameters = once(() => gzipSync(paramMetadataJson(definitionsOf(view.flavour)), { level: 9 }));
  const general = once(() => {
    const entry = { type: TYPE_PARAMETER, uri: `mftp://${PARAMETERS}`, fileCrc: crc32part(parameters()) };
    return Buffer.from(JSON.stringify({ version: 1, metadataTypes: [entry] }));
  });
  const requestable: Requestable = {
    [COMPONENT_METADATA]: () => [
      {
        name: "COMPONENT_METADATA",
        fields: { timeBootMs: Math.round(view.nowMs()), fileCrc: crc32part(general()), uri: `mftp://${GENERAL}` },
      },
    ],
  };
  return {
    files: new Map([
      [`/${GENERAL}`, general],
      [`/${PARAMETERS}`, parameters],
    ]),
    service: {
      hear: (message) => {
        const command = commandIn(message, view.systemId);
        return command && answerRequest(command, requestable);
      },
      tick: () => [],
    },
  };
}
