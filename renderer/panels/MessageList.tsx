import { useState } from "react";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import type { VehicleState, VehicleText } from "../../src/vehicle/vehicleState.js";
import { spokenTexts } from "../../src/vehicle/reasonsSince.js";
import { senderAndText } from "./senderAndText.js";
import { type Latest, useLatest } from "../bridge/latest.js";

type MessageListProps = { readonly vehicle: Latest<VehicleState | undefined> };

const LINES_CLOSED = 2;
// MAV_SEVERITY: 0 to 3 are errors, 4 is a warning.
const toneOf = (severity: number): "danger" | "caution" | "plain" =>
  severity <= 3 ? "danger" : severity === 4 ? "caution" : "plain";

const keyOf = (texts: readonly VehicleText[] | undefined): string => {
  const last = texts?.at(-1);
  return `${texts?.length ?? 0} ${last?.unixTimeUs ?? 0} ${last?.text ?? ""}`;
};

/** STATUSTEXT messages of the aircraft: the last two; a click shows all. */
export function MessageList({ vehicle }: MessageListProps) {
  const t = useText();
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  useLatest(vehicle, (state) => keyOf(state?.texts));
  const texts = spokenTexts(vehicle.get()?.texts ?? []);
  // The open list has the newest on top; closed, the last two are in reading order.
  const shown = isOpen ? [...texts].reverse() : texts.slice(-LINES_CLOSED);
  return (
    <div className="messages" data-open={isOpen}>
      <button
        type="button"
        aria-expanded={isOpen}
        title={t("panels.messages.all")}
        onClick={() => setIsOpen((open) => !open)}
        data-testid="messages"
      >
        {shown.length === 0 && <span className="messages-none">{t("panels.messages.none")}</span>}
        {shown.map((message, i) => (
          <span key={`${message.unixTimeUs} ${i}`} className="message" data-tone={toneOf(message.severity)}>
            <time>{format.utcText(message.unixTimeUs)}</time> {toneOf(message.severity) !== "plain" && "▲ "}
            {senderAndText(t, message.text, message.componentId)}
          </span>
        ))}
      </button>
    </div>
  );
}
