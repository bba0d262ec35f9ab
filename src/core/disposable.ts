/** Something that holds a resource. `dispose` may be called more than once. */
export type Disposable = { readonly dispose: () => void };
