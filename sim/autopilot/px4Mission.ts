import { SEVERITY, homeOf, sendText, update, type AutopilotState, type Draft } from "./autopilotState.js";
import type { Locate } from "./missionTask.js";
import { feasibilityOf } from "./px4Feasibility.js";
import { sendEvent } from "./px4Reports.js";
import { paramOf } from "./settings.js";

/** Checks the mission on board and reports findings: after every upload, and again on a request for mission mode. */
export function checkMission(draft: Draft, locate: Locate): void {
  const { mission, flavour, home, sensed, params, boot } = draft.state;
  const feasibility = feasibilityOf({
    stored: { items: mission.items, fence: mission.fence.items },
    vehicle: {
      airframe: flavour.airframe,
      home: boot.hasPosition ? homeOf(draft.state) : home,
      isLanded: sensed.isOnGround,
    },
    locate: (item) => locate(item, draft.state),
    read: (name, fallback) => paramOf(params, name, fallback),
  });
  update(draft, { isMissionFeasible: feasibility.isFeasible });
  for (const { text, ...event } of feasibility.findings) {
    if (text !== undefined) sendText(draft, SEVERITY.critical, `${text}\t`);
    sendEvent(draft, event);
  }
}

const checkedWith = ({ mission, home }: AutopilotState): AutopilotState["checked"] => ({
  revision: mission.revision,
  fenceRevision: mission.fenceRevision,
  hasHome: home !== undefined,
});

/** Checks a new mission after its upload was acknowledged, and again when fence or home change. */
export function stepMissionCheck(draft: Draft, locate: Locate): void {
  const now = checkedWith(draft.state);
  const { checked } = draft.state;
  const isSame =
    now.revision === checked.revision && now.fenceRevision === checked.fenceRevision && now.hasHome === checked.hasHome;
  if (isSame) return;
  update(draft, { checked: now });
  checkMission(draft, locate);
}
