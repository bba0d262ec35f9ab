import { describe, expect, it } from "vitest";
import { definitionOfId, definitionOfName, REGISTRIES } from "./definitions.js";
import { definitionBeside, MESSAGES_BESIDE } from "./definitionsBeside.js";

/** CRC extra and payload lengths (without and with extensions) as MAVLink's own C generator gives them. */
const BY_ANOTHER_GENERATOR: Readonly<Record<string, readonly [crcExtra: number, base: number, full: number]>> = {
  LINK_NODE_STATUS: [117, 36, 36],
  PARAM_ACK_TRANSACTION: [137, 24, 24],
  MISSION_CHANGED: [132, 7, 7],
  MISSION_CHECKSUM: [3, 5, 5],
  COMMAND_CANCEL: [14, 4, 4],
  ESC_INFO: [251, 46, 46],
  ESC_STATUS: [10, 57, 57],
  WIFI_NETWORK_INFO: [237, 37, 37],
  CELLULAR_MODEM_INFORMATION: [198, 121, 121],
  PARAM_ERROR: [209, 21, 21],
  SET_VELOCITY_LIMITS: [210, 14, 14],
  BATTERY_INFO: [26, 140, 140],
  TIME_ESTIMATE_TO_TARGET: [232, 20, 20],
  EVENT: [160, 53, 53],
  CURRENT_EVENT_SEQUENCE: [106, 3, 3],
  REQUEST_EVENT: [33, 6, 6],
  RESPONSE_EVENT_ERROR: [77, 7, 7],
  RC_CHANNELS_OVERRIDE_V2: [149, 6, 70],
  EFI_PERFORMANCE: [189, 49, 49],
  RANGING_BEACON: [99, 45, 45],
  ESTIMATOR_SENSOR_FUSION_STATUS: [197, 54, 54],
  MANUAL_INPUT_STATUS: [128, 3, 3],
  DISTANCE_SENSOR_INFO: [125, 19, 35],
  DISTANCE_SENSOR_V2: [126, 10, 10],
};

describe("findings 1: messages that the package lacks", () => {
  it.each(MESSAGES_BESIDE)("$name is known by number and by name", (message) => {
    expect(definitionOfId(message.id)?.name).toBe(message.name);
    expect(definitionOfName(message.name)?.id).toBe(message.id);
  });

  it.each(Object.entries(BY_ANOTHER_GENERATOR))(
    "%s has the checksum seed and lengths of another generator",
    (name, theirs) => {
      const message = MESSAGES_BESIDE.find((one) => one.name === name)!;
      const { crcExtra, baseLength, fullLength } = definitionBeside(message);
      expect([crcExtra, baseLength, fullLength]).toEqual(theirs);
    },
  );

  it("that the package has by now agree with it", () => {
    const packaged = REGISTRIES.flatMap((registry) => Object.values(registry));
    for (const message of MESSAGES_BESIDE) {
      const ours = definitionBeside(message);
      for (const theirs of packaged.filter(({ MSG_ID, MSG_NAME }) => MSG_ID === ours.id || MSG_NAME === ours.name))
        expect([theirs.MSG_ID, theirs.MSG_NAME, theirs.MAGIC_NUMBER]).toEqual([ours.id, ours.name, ours.crcExtra]);
    }
  });

  it("have their fields in the order of the wire, widest first, as MAVLink sorts them", () => {
    for (const message of MESSAGES_BESIDE) {
      const widths = message.fields
        .filter((line) => !line.startsWith("+"))
        .map((line) => ({ double: 8, float: 4, char: 1 })[line.split(/[ [_]/)[0]!] ?? Number(/\d+/.exec(line)![0]) / 8);
      expect(widths, message.name).toEqual([...widths].sort((a, b) => b - a));
    }
  });
});
