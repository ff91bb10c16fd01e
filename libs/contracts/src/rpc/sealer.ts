/** Encrypts small texts for one binding (tenant, session, purpose): what was sealed for one can't be opened for another. */
export interface Sealer {
  seal(plaintext: string, binding: string): string;
  /** Throws where the text was changed, was sealed for another binding, or by an unknown key. */
  open(sealed: string, binding: string): string;
}
