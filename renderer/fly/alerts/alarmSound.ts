/**
 * Plays the tones of an alarm and speaks its text with what the browser offers; silent where the browser offers
 * neither.
 */
import type { Language } from "../../app/dictionary.js";
import type { Utterance } from "./alarm.js";

/** Two tones for danger, one for caution, so that they differ even for someone who does not understand the words. */
const TONES_HZ: Readonly<Record<Utterance["tone"], readonly number[]>> = { danger: [880, 660, 880], caution: [520] };
const TONE_S = 0.16;
const LEVEL = 0.15;

let context: AudioContext | undefined;

function beep(tone: Utterance["tone"]): void {
  if (typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  TONES_HZ[tone].forEach((frequencyHz, i) => {
    if (!context) return;
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.frequency.value = frequencyHz;
    gain.gain.value = LEVEL;
    oscillator.connect(gain).connect(destination);
    oscillator.start(currentTime + i * TONE_S);
    oscillator.stop(currentTime + (i + 0.8) * TONE_S);
  });
}

export function sound({ tone, text }: Utterance, language: Language): void {
  beep(tone);
  if (typeof speechSynthesis === "undefined") return;
  // A danger interrupts a caution that is being spoken.
  if (tone === "danger") speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = language === "fr" ? "fr-FR" : "en-GB";
  speechSynthesis.speak(utterance);
}
