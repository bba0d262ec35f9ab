/**
 * Explains reasons against arming in plain words with what to do. The autopilot's own text is always shown beside it.
 * Sources: ardupilot.org/copter/docs/common-prearm-safety-checks.html and
 * docs.px4.io/main/en/flying/pre_flight_checks.html.
 */
import type { TextName } from "../../app/dictionary.js";

type HelpKey = TextName<"fly.prearm.">;
type Help = { readonly pattern: RegExp; readonly key: HelpKey };

// The first match is used: specific patterns before general ones.
const HELPS: readonly Help[] = [
  {
    pattern:
      /need position estimate|need 3d fix|gps.*(no fix|bad fix|not healthy)|waiting for.*fix|no valid.*position|position estimate|global position/i,
    key: "position",
  },
  { pattern: /hdop|gps.*accuracy|ekf.*variance|gps glitch|gps.*diff/i, key: "gpsQuality" },
  {
    pattern: /compass.*(calibrat|offset)|mag.*calibrat|compasses inconsistent|compass inconsistent/i,
    key: "compassCalibration",
  },
  { pattern: /compass|mag(netometer)?\b|heading estimate|yaw/i, key: "compass" },
  { pattern: /gyro/i, key: "gyros" },
  { pattern: /accel/i, key: "accels" },
  { pattern: /baro|altitude disparity|height estimate/i, key: "barometer" },
  { pattern: /ekf|ahrs|attitude|estimator/i, key: "estimator" },
  { pattern: /battery|voltage|power/i, key: "battery" },
  { pattern: /rc (not|fail|cal)|radio failsafe|throttle|manual control|no rc/i, key: "radio" },
  { pattern: /fence/i, key: "fence" },
  { pattern: /safety switch|hardware safety/i, key: "safetySwitch" },
  { pattern: /airspeed/i, key: "airspeed" },
  { pattern: /logging|sd ?card|no io thread/i, key: "logging" },
  { pattern: /mode (not|.*armable)|not armable|flight mode/i, key: "mode" },
  { pattern: /lean(ing)?|roll|pitch|level|tilt/i, key: "level" },
  { pattern: /home|origin/i, key: "home" },
  { pattern: /mission/i, key: "mission" },
  { pattern: /opendroneid|remote ?id|odid|operator_id/i, key: "remoteId" },
  { pattern: /gcs|ground station|data ?link/i, key: "groundStation" },
  { pattern: /cpu|memory|board|internal error/i, key: "board" },
];

/** Key of the explanation ("fly.prearm.<key>") for a reason in the vehicle's words; undefined when there is none. */
export const prearmHelpOf = (reason: string): HelpKey | undefined =>
  HELPS.find(({ pattern }) => pattern.test(reason))?.key;
