/** A tenant's OpenID provider, as far as one log-in needs it. */
export interface OidcProvider {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
}

/** What a provider's verified ID token says. */
export interface OidcClaims {
  subject: string;
  /** In lower case. */
  email: string | null;
  isEmailVerified: boolean;
  name: string | null;
}

/** What was made up for one log-in and must come back in it. */
export interface OidcSecrets {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/**
 * Talks to OpenID providers: to hosts that the operator allows and to no others, also where a provider's discovery
 * document names them.
 */
export interface Oidc {
  /** Where to send the browser. @throws AppError `sso_failed`, `host_not_allowed` */
  authorizationUrl(provider: OidcProvider, secrets: OidcSecrets, redirectUri: string): Promise<string>;
  /**
   * Trades the code that the browser brought for the claims of a verified ID token.
   * @throws AppError `sso_failed`, `host_not_allowed`
   */
  claimsOf(
    provider: OidcProvider,
    answer: { code: string; codeVerifier: string; nonce: string; redirectUri: string },
  ): Promise<OidcClaims>;
}
