/** The actions that the rules of a shed listener have, as awscli takes them. */

export interface WeightedGroup {
  readonly TargetGroupArn: string;
  readonly Weight: number;
}

/** `weighted(web, 90, standby, 10)` */
export function weighted(...pairs: readonly (string | number)[]): WeightedGroup[] {
  const groups: WeightedGroup[] = [];
  for (let at = 0; at < pairs.length; at += 2)
    groups.push({ TargetGroupArn: String(pairs[at]), Weight: Number(pairs[at + 1]) });
  return groups;
}

export function forwardTo(TargetGroups: readonly WeightedGroup[]) {
  return { Type: "forward", ForwardConfig: { TargetGroups } };
}

/** Keeps a client with its group for 1234 seconds. */
export function stickyForwardTo(TargetGroups: readonly WeightedGroup[]) {
  const TargetGroupStickinessConfig = { Enabled: true, DurationSeconds: 1234 };
  return { Type: "forward", ForwardConfig: { TargetGroups, TargetGroupStickinessConfig } };
}

/** Every member that the API has. */
export const OIDC = {
  Type: "authenticate-oidc",
  AuthenticateOidcConfig: {
    Issuer: "https://id.example.com",
    AuthorizationEndpoint: "https://id.example.com/authorize",
    TokenEndpoint: "https://id.example.com/token",
    UserInfoEndpoint: "https://id.example.com/userinfo",
    ClientId: "shop",
    ClientSecret: "not-a-secret",
    SessionCookieName: "shop-session",
    Scope: "openid email",
    SessionTimeout: 3600,
    AuthenticationRequestExtraParams: { display: "page", prompt: "login" },
    OnUnauthenticatedRequest: "authenticate",
  },
} as const;

/** Every member that the API has. */
export function cognito(pool: string, client: string) {
  return {
    Type: "authenticate-cognito",
    AuthenticateCognitoConfig: {
      UserPoolArn: pool,
      UserPoolClientId: client,
      UserPoolDomain: "shop",
      SessionCookieName: "shop-pool",
      Scope: "openid",
      SessionTimeout: 7200,
      AuthenticationRequestExtraParams: { lang: "de" },
      OnUnauthenticatedRequest: "deny",
    },
  };
}

export const REDIRECT = {
  Type: "redirect",
  RedirectConfig: {
    Protocol: "HTTPS",
    Port: "443",
    Host: "new.example.com",
    Path: "/#{path}",
    Query: "#{query}",
    StatusCode: "HTTP_301",
  },
} as const;

export const FIXED_RESPONSE = {
  Type: "fixed-response",
  FixedResponseConfig: { MessageBody: "closed", StatusCode: "503", ContentType: "text/plain" },
} as const;
