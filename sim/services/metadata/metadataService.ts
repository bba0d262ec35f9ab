import { gzipSync } from "node:zlib";
import type { AircraftView } from "../../aircraftView.js";
import { replyToMessageRequest, commandIn, type Requestable } from "../commands.js";
import { crc32Part } from "../../../src/core/crc32.js";
import type { StoredFiles } from "../files/fileService.js";
import { definitionsOf } from "../params/definitions.js";
import type { Service } from "../service.js";
import { paramMetadataJson } from "./paramMetadata.js";
import { px4EventsFile } from "./px4EventsFile.js";
import { storedXz } from "./storedXz.js";

const COMPONENT_METADATA = 397;
/** COMP_METADATA_TYPE */
const TYPE = { parameter: 1, events: 4 } as const;
const FOLDER = "etc/extras";
const GENERAL = `${FOLDER}/component_general.json.xz`;
const PARAMETERS = `${FOLDER}/parameters.json.gz`;
const EVENTS = `${FOLDER}/all_events.json.xz`;

type Metadata = { readonly service: Service; readonly files: StoredFiles };

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * PX4's component metadata: COMPONENT_METADATA names the general file, which names the parameter and event files; all are compressed
 * and read by MAVFTP. The general file's CRC is of its uncompressed content, the others' of the compressed files (recordings).
 * ArduPilot has none.
 */
export function createMetadata(view: AircraftView): Metadata {
  const parameters = once(() => gzipSync(paramMetadataJson(definitionsOf(view.flavour)), { level: 9 }));
  const general = once(() => {
    const entry = { type: TYPE.parameter, uri: `mftp://${PARAMETERS}`, fileCrc: crc32Part(parameters()) };
    const events = { type: TYPE.events, uri: `mftp://${EVENTS}`, fileCrc: crc32Part(px4EventsFile()) };
    return Buffer.from(JSON.stringify({ version: 1, metadataTypes: [entry, events] }));
  });
  const requestable: Requestable = {
    [COMPONENT_METADATA]: () => [
      {
        name: "COMPONENT_METADATA",
        fields: { timeBootMs: Math.round(view.nowMs()), fileCrc: crc32Part(general()), uri: `mftp://${GENERAL}` },
      },
    ],
  };
  return {
    files: new Map([
      [`/${GENERAL}`, once(() => storedXz(general()))],
      [`/${PARAMETERS}`, parameters],
      [`/${EVENTS}`, px4EventsFile],
    ]),
    service: {
      receive: (message) => {
        const command = commandIn(message, view.systemId);
        return command && replyToMessageRequest(command, requestable);
      },
      tick: () => [],
    },
  };
}
