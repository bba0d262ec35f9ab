import { Object3D } from "three";

// East, north, up: must be set once before any object is created (three's default is y up).
Object3D.DEFAULT_UP.set(0, 0, 1);
