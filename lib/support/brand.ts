/** @file Branded primitive types: numbers and strings that must not be mixed up. */

declare const brand: unique symbol;

/** `Base` that only a function returning this brand can make. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
