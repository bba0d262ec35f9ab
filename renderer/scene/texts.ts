/** Words of the 3D coast, in both languages. */
export const sceneTexts = {
  en: {
    "scene.noCoast": "No coast loaded: sea shown everywhere",
    "scene.mapOffline": "Map {{name}}: its server does not answer; what is missing comes later",
    "scene.home": "Home",
    "scene.traffic.noHeight": "height not told",
    "scene.where.land": "land",
    "scene.where.sea": "sea",
    "scene.where.shore": "shore ±{{error}}",
    "scene.tide.old": "{{tide}}, {{age}} old",
    "scene.tide.shift": "Sea drawn {{way}} (±{{error}}) off the coast line: beach of 1 in {{run}} assumed",
    "scene.where.fromAircraft": "{{way}} at {{bearing}} from the aircraft",
  },
  fr: {
    "scene.noCoast": "Aucune côte chargée : la mer est dessinée partout",
    "scene.mapOffline": "Carte {{name}} : son serveur ne répond pas ; ce qui manque viendra plus tard",
    "scene.home": "Départ",
    "scene.traffic.noHeight": "hauteur non dite",
    "scene.where.land": "terre",
    "scene.where.sea": "mer",
    "scene.where.shore": "rivage ±{{error}}",
    "scene.tide.old": "{{tide}}, il y a {{age}}",
    "scene.tide.shift": "Mer dessinée à {{way}} (±{{error}}) du trait de côte : plage de 1 sur {{run}} supposée",
    "scene.where.fromAircraft": "à {{way}} au {{bearing}} de l'appareil",
  },
} as const;
