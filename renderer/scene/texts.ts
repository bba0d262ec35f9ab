/** Words of the 3D coast, in both languages. */
export const sceneTexts = {
  en: {
    "scene.noCoast": "No coast loaded: sea shown everywhere",
    "scene.coastCredit": "Waterline ±{{medianM}} m, 90 % within {{p90M}} m",
    "scene.home": "Home",
    "scene.north": "N",
    "scene.approximate": "{{name}} harbour, approximate",
  },
  fr: {
    "scene.noCoast": "Aucune côte chargée : la mer est dessinée partout",
    "scene.coastCredit": "Trait de côte ±{{medianM}} m, 90 % à moins de {{p90M}} m",
    "scene.home": "Départ",
    "scene.north": "N",
    "scene.approximate": "Port de {{name}}, approximatif",
  },
} as const;
