/** The text of each finding about a plan, in both languages. */
import type { FindingKind } from "../../src/plan/findings/finding.js";

type Part = "sweep" | "survey" | "CorridorScan" | "StructureScan" | "fwLandingPattern" | "vtolLandingPattern" | "other";
type Key = `plan.finding.${FindingKind}` | "plan.finding.at" | `plan.part.${Part}`;

const en: Readonly<Record<Key, string>> = {
  "plan.finding.at": "Item {{seq}}: {{words}}",
  "plan.finding.no-items": "The plan has nothing to fly.",
  "plan.finding.not-flyable-item":
    "A {{type}} cannot be flown from this station, and a plan is sent whole or not at all: make simple items of it in the station that drew it.",
  "plan.finding.area-invalid": "An area cannot be swept.",
  "plan.finding.no-take-off": "The plan does not begin with a take-off.",
  "plan.finding.no-return": "The plan ends without return or landing.",
  "plan.finding.no-landing":
    "The plan does not end in a landing: a fixed wing or VTOL would circle until its battery is empty. Add a landing.",
  "plan.finding.return-without-landing":
    "The plan ends with a return: this aircraft circles over home until somebody lands it.",
  "plan.finding.never-ends": "The plan repeats itself without end: what comes after is never reached.",
  "plan.finding.repeats-too-often":
    "Its jumps repeat too often to be computed: way, time and battery are those of a part of it.",
  "plan.finding.landing-approach-low": "The landing is higher than its approach.",
  "plan.finding.landing-approach-steep":
    "The landing approach is {{slopeDeg}} steep; as delivered the autopilot takes {{limitDeg}}.",
  "plan.finding.landing-inside-circle": "The landing point lies inside the approach circle ({{radiusM}}).",
  "plan.finding.landing-start-misplaced": "A start of landing must come once, with a landing and no return after it.",
  "plan.finding.no-home": "Home is not set: heights, distances and battery cannot be checked.",
  "plan.finding.too-many-items": "{{items}} items are too many for the aircraft (at most {{limit}}).",
  "plan.finding.place-without-height": "An item has a place but no height.",
  "plan.finding.no-place":
    "Command {{command}} has no place: ArduPilot takes where it is then, PX4 would fly to 0° N 0° E.",
  "plan.finding.param-missing": 'Command {{command}} needs its param {{param}}: "not given" would be taken for 0.',
  "plan.finding.frame-not-understood": "PX4 takes no heights above the ground in a mission.",
  "plan.finding.too-low": "{{heightAboveHomeM}} above home is too low (at least {{limitM}}).",
  "plan.finding.too-high": "{{heightAboveHomeM}} is over the legal height of {{limitM}}.",
  "plan.finding.mixed-datums": "Heights are measured from different datums: {{datums}}.",
  "plan.finding.below-ground": "Flies into the ground: {{depthM}} below its height of {{groundAmslM}} above sea level.",
  "plan.finding.into-terrain":
    "May touch the ground: {{clearanceM}} above it, and its height is known to {{plusMinusM}} only.",
  "plan.finding.near-terrain":
    "Passes only {{clearanceM}} above the ground: trees and masts are in no file of bare ground.",
  "plan.finding.too-high-above-ground":
    "{{heightAboveGroundM}} from the nearest ground is over the legal height of {{limitM}}.",
  "plan.finding.home-height-differs":
    "The plan's home is at {{plannedAmslM}} above sea level, the ground there at {{groundAmslM}}: heights above home count from the ground.",
  "plan.finding.terrain-unknown": "No file of heights covers {{lengthM}} of the way.",
  "plan.finding.outside-fence":
    "Flown outside the plan's own fence, {{lengthM}} of the way: the aircraft breaks off there.",
  "plan.finding.fence-unclear":
    "{{items}} ways lie outside one of the fence's areas: allowed by PX4, a breach for ArduPilot.",
  "plan.finding.far-from-home": "{{distanceM}} from home; beyond {{limitM}} the link may not reach.",
  "plan.finding.long-hop": "The way there is {{lengthM}} long.",
  "plan.finding.speed-too-high": "{{speedMps}} is faster than the aircraft flies ({{limitMps}}).",
  "plan.finding.wind-too-strong": "Wind {{windMps}} is too strong for this aircraft ({{limitMps}}).",
  "plan.finding.energy-reserve":
    "Only {{leftFraction}} of the battery ({{aircraft}}) would be left home from the worst point; the reserve is {{reserveFraction}}.",
  "plan.finding.energy-unknown": "Battery and speed are unchecked: there are no figures for this kind of aircraft.",
  "plan.finding.not-an-aircraft": "The plan is for a vehicle that does not fly: heights and battery are not checked.",
  "plan.finding.land-and-sea": "{{atSea}} items over the sea, {{onLand}} over land, {{unknown}} beyond the coast data.",
  "plan.finding.training": "Training plan: a real aircraft gets it only against your word and reason.",
  "plan.part.sweep": "sweep over an area",
  "plan.part.survey": "survey",
  "plan.part.CorridorScan": "corridor scan",
  "plan.part.StructureScan": "structure scan",
  "plan.part.fwLandingPattern": "fixed-wing landing pattern",
  "plan.part.vtolLandingPattern": "VTOL landing pattern",
  "plan.part.other": "complex item ({{type}})",
};

const fr: Readonly<Record<Key, string>> = {
  "plan.finding.at": "Élément {{seq}} : {{words}}",
  "plan.finding.no-items": "Le plan n'a rien à voler.",
  "plan.finding.not-flyable-item":
    "Cette station ne sait pas voler ceci : {{type}}. Un plan part en entier ou pas du tout : faites-en des éléments simples dans la station qui l'a dessiné.",
  "plan.finding.area-invalid": "Une zone ne peut pas être ratissée.",
  "plan.finding.no-take-off": "Le plan ne commence pas par un décollage.",
  "plan.finding.no-return": "Le plan se termine sans retour ni atterrissage.",
  "plan.finding.no-landing":
    "Le plan ne finit pas par un atterrissage : une aile fixe ou un VTOL tournerait jusqu'à vider sa batterie. Ajoutez un atterrissage.",
  "plan.finding.return-without-landing":
    "Le plan finit par un retour : cet aéronef tourne au-dessus du départ jusqu'à ce que quelqu'un le pose.",
  "plan.finding.never-ends": "Le plan se répète sans fin : la suite n'est jamais atteinte.",
  "plan.finding.repeats-too-often":
    "Ses sauts se répètent trop souvent pour être calculés : trajet, durée et batterie sont ceux d'une partie.",
  "plan.finding.landing-approach-low": "L'atterrissage est plus haut que son approche.",
  "plan.finding.landing-approach-steep":
    "L'approche a une pente de {{slopeDeg}} ; d'origine l'autopilote accepte {{limitDeg}}.",
  "plan.finding.landing-inside-circle": "Le point d'atterrissage est dans le cercle d'approche ({{radiusM}}).",
  "plan.finding.landing-start-misplaced":
    "Un début d'atterrissage doit venir une seule fois, suivi d'un atterrissage et d'aucun retour.",
  "plan.finding.no-home": "Le départ n'est pas placé : hauteurs, distances et batterie ne sont pas contrôlées.",
  "plan.finding.too-many-items": "{{items}} éléments, c'est trop pour l'aéronef (au plus {{limit}}).",
  "plan.finding.place-without-height": "Un élément a une position mais pas de hauteur.",
  "plan.finding.no-place":
    "La commande {{command}} n'a pas de position : ArduPilot prend celle du moment, PX4 irait à 0° N 0° E.",
  "plan.finding.param-missing":
    "La commande {{command}} a besoin de son paramètre {{param}} : « non donné » vaudrait 0.",
  "plan.finding.frame-not-understood": "PX4 n'accepte pas de hauteur au-dessus du sol dans une mission.",
  "plan.finding.too-low": "{{heightAboveHomeM}} au-dessus du départ, c'est trop bas (au moins {{limitM}}).",
  "plan.finding.too-high": "{{heightAboveHomeM}} dépasse la hauteur légale de {{limitM}}.",
  "plan.finding.mixed-datums": "Les hauteurs ont des références différentes : {{datums}}.",
  "plan.finding.below-ground": "Vole dans le sol : {{depthM}} sous sa hauteur de {{groundAmslM}} au-dessus de la mer.",
  "plan.finding.into-terrain":
    "Peut toucher le sol : {{clearanceM}} au-dessus, et sa hauteur n'est connue qu'à {{plusMinusM}} près.",
  "plan.finding.near-terrain":
    "Passe à seulement {{clearanceM}} au-dessus du sol : arbres et pylônes ne sont dans aucun fichier de sol nu.",
  "plan.finding.too-high-above-ground":
    "{{heightAboveGroundM}} du sol le plus proche, au-delà de la hauteur légale de {{limitM}}.",
  "plan.finding.home-height-differs":
    "Le départ du plan est à {{plannedAmslM}} au-dessus de la mer, le sol y est à {{groundAmslM}} : les hauteurs au-dessus du départ comptent depuis le sol.",
  "plan.finding.terrain-unknown": "Aucun fichier de relief ne couvre {{lengthM}} du trajet.",
  "plan.finding.outside-fence": "Vol hors de la barrière du plan, sur {{lengthM}} : l'aéronef interrompra là.",
  "plan.finding.fence-unclear":
    "{{items}} trajets sont hors d'une des zones de la barrière : permis par PX4, une sortie pour ArduPilot.",
  "plan.finding.far-from-home": "{{distanceM}} du départ ; au-delà de {{limitM}} la liaison peut manquer.",
  "plan.finding.long-hop": "Le trajet jusque-là mesure {{lengthM}}.",
  "plan.finding.speed-too-high": "{{speedMps}} dépasse la vitesse de l'aéronef ({{limitMps}}).",
  "plan.finding.wind-too-strong": "Un vent de {{windMps}} est trop fort pour cet aéronef ({{limitMps}}).",
  "plan.finding.energy-reserve":
    "Il ne resterait que {{leftFraction}} de batterie ({{aircraft}}) au retour du pire point ; la réserve est de {{reserveFraction}}.",
  "plan.finding.energy-unknown": "Batterie et vitesse non contrôlées : pas de chiffres pour ce type d'aéronef.",
  "plan.finding.not-an-aircraft":
    "Le plan est pour un engin qui ne vole pas : hauteurs et batterie ne sont pas contrôlées.",
  "plan.finding.land-and-sea": "{{atSea}} éléments en mer, {{onLand}} à terre, {{unknown}} hors des données de côte.",
  "plan.finding.training":
    "Plan d'entraînement : un aéronef réel ne le reçoit que sur votre parole et avec une raison.",
  "plan.part.sweep": "ratissage d'une zone",
  "plan.part.survey": "relevé",
  "plan.part.CorridorScan": "relevé de couloir",
  "plan.part.StructureScan": "relevé de structure",
  "plan.part.fwLandingPattern": "circuit d'atterrissage d'aile fixe",
  "plan.part.vtolLandingPattern": "circuit d'atterrissage VTOL",
  "plan.part.other": "élément complexe ({{type}})",
};

export const findingTexts = { en, fr };
