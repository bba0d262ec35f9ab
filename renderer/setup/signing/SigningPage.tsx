import { KeyPanel } from "./KeyPanel.js";
import { useKeyNames } from "./keyNames.js";
import { PolicyPanel } from "./PolicyPanel.js";
import { VehicleKeyPanel } from "./VehicleKeyPanel.js";

export function SigningPage() {
  const { keys, refresh } = useKeyNames();
  return (
    <div className="setup-pair setup-pair--keys">
      <KeyPanel keys={keys} onChanged={refresh} />
      <div className="setup-column">
        <PolicyPanel keys={keys} />
        <VehicleKeyPanel keys={keys} />
      </div>
    </div>
  );
}
