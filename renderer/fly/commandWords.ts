/** A command as text with its parameters: "Take off to 20 m", "Mode STABILIZE", "Fence off". */
import type { VehicleCommand } from "../../src/vehicle/commands.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import type { Format } from "../app/format.js";
import type { Translate } from "../app/text.js";

type Words = { readonly t: Translate; readonly format: Format };

const modeName = (vehicle: VehicleState | undefined, customMode: number): string =>
  vehicle?.modes.find((mode) => mode.customMode === customMode)?.name ?? String(customMode);

type WordsOf = {
  readonly [Kind in VehicleCommand["kind"]]?: (
    words: Words,
    command: Extract<VehicleCommand, { kind: Kind }>,
    vehicle: VehicleState | undefined,
  ) => string;
};

const withHeight = ({ t, format }: Words, { kind, height }: Extract<VehicleCommand, { height: unknown }>): string =>
  `${t(`command.${kind}`)} ${format.lengthText(height.valueM, 0)}`;

/** Commands whose text has more than their name. */
const WORDS: WordsOf = {
  "take-off": ({ t, format }, { altitudeAboveHomeM }) =>
    t("fly.words.take-off", { height: format.lengthText(altitudeAboveHomeM, 0) }),
  "set-mode": ({ t }, { customMode }, vehicle) => t("fly.words.set-mode", { mode: modeName(vehicle, customMode) }),
  "enable-fence": ({ t }, { isEnabled }) => t(isEnabled ? "fly.words.fence-on" : "fly.words.fence-off"),
  "change-altitude": withHeight,
  "go-to": withHeight,
  orbit: withHeight,
  "change-speed": ({ t, format }, { speedMps }) => `${t("command.change-speed")} ${format.speedText(speedMps)}`,
  "change-heading": ({ t, format }, { headingDeg }) =>
    `${t("command.change-heading")} ${format.bearingText(headingDeg)}`,
  "jump-to-item": ({ t }, { item }) => t("fly.words.jump-to-item", { item: item + 1 }),
  transition: ({ t }, { to }) => t(`fly.command.${to}`),
};

export function commandWords(words: Words, command: VehicleCommand, vehicle: VehicleState | undefined): string {
  // Each entry of the table takes the command of its own kind.
  const textOf = WORDS[command.kind] as
    ((words: Words, command: VehicleCommand, vehicle: VehicleState | undefined) => string) | undefined;
  return textOf?.(words, command, vehicle) ?? words.t(`command.${command.kind}`);
}
