import { useState } from "react";
import type { BlockingFinding } from "../../src/vehicle/transfers.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { HoldButton } from "../ui/HoldButton.js";
import { HOLD_MS } from "../ui/holding.js";
import { TextField } from "../ui/TextField.js";
import { dangerText } from "./problemText.js";
import { Button } from "../ui/Button.js";

type OverrideFormProps = {
  readonly blockingFindings: readonly BlockingFinding[];
  /** Name of the aircraft it would be sent to. */
  readonly vehicleName: string;
  readonly onSend: (reason: string) => void;
  readonly onCancel: () => void;
};

const REASON_MIN = 4;

/** The blocking findings against sending this plan to this aircraft. Sending it anyway needs a reason and a hold. */
export function OverrideForm({ blockingFindings, vehicleName, onSend, onCancel }: OverrideFormProps) {
  const t = useText();
  const format = useFormat();
  const [reason, setReason] = useState("");
  const isReason = reason.trim().length >= REASON_MIN;
  const words = (finding: BlockingFinding): string => {
    if (finding.kind === "plan-danger") return dangerText(t, format, finding);
    const howFar = finding.kind === "home-far" ? format.wayText(finding.distanceM) : "";
    return t(`objection.${finding.kind}`, { howFar });
  };
  return (
    <div className="plan-override" data-testid="override">
      <ul>
        {blockingFindings.map((finding, index) => (
          <li key={`${finding.kind} ${index}`}>
            {finding.kind === "plan-danger" ? "■" : "▲"} {words(finding)}
          </li>
        ))}
      </ul>
      <TextField
        label={t("plan.override.reason")}
        value={reason}
        onChange={setReason}
        maxLength={200}
        note={isReason ? undefined : t("plan.override.needsReason", { count: REASON_MIN })}
        testId="override-reason"
      />
      <HoldButton
        label={t("plan.override.send", { name: vehicleName })}
        holdMs={HOLD_MS}
        tone="danger"
        disabledBecause={isReason ? undefined : t("plan.override.needsReason", { count: REASON_MIN })}
        onConfirm={() => onSend(reason.trim())}
        testId="override-send"
      />
      <Button label={t("plan.override.cancel")} tone="quiet" onPress={onCancel} testId="override-cancel" />
    </div>
  );
}
