import type { paths } from './schema.d.ts';

type Json<T> = T extends { responses: { 200: { content: { 'application/json': infer Body } } } }
  ? Body
  : never;

export type Project = Json<paths['/api/v1/project']['get']>['project'];
export type User = Json<paths['/api/v1/users']['get']>['user_list'][number];
export type Objection = NonNullable<User['objections']>[number];
export type Site = Json<paths['/api/v1/clients']['get']>['client_list'][number];
export type Overview = Json<paths['/api/v1/overview']['get']>;
export type Me = Json<paths['/api/v1/me']['get']>;
export type LedgerEntry = Json<paths['/api/v1/kits']['get']>['kits'][number];
export type Revocation = Json<paths['/api/v1/certificates/revoke']['post']>;
export type AuditEntry = Json<paths['/api/v1/audit']['get']>['audit'][number];
export type FileProperties = Json<paths['/api/v1/properties']['get']>;
export type CertificateRequest = Json<paths['/api/v1/requests']['get']>['requests'][number];
export type Inbox = Json<paths['/api/v1/inbox']['get']>;
export type Outcome = Json<paths['/api/v1/approvals']['post']>['results'][number];
type Body<T> = T extends { requestBody?: { content: { 'application/json': infer Input } } } ? Input : never;
export type Decision = Body<paths['/api/v1/approvals']['post']>;
export type ReissueChange = Body<paths['/api/v1/reissue/plan']['post']>;
export type ReissuePlan = Json<paths['/api/v1/reissue/plan']['post']>['plan'];
export type ProjectChange = Body<paths['/api/v1/project']['patch']>;
export type UserChange = Body<paths['/api/v1/users/{id}']['patch']>;
export type SiteChange = Body<paths['/api/v1/clients/{id}']['patch']>;
export type SignUp = Body<paths['/api/v1/users']['post']>;
export type OwnSession = Json<paths['/api/v1/sessions']['get']>['sessions'][number];
export type SecondFactor = Json<paths['/api/v1/second-factor']['get']>;
export type Organization = Json<paths['/api/v1/organizations/by-name/{name}']['get']>['organization'];
export type Passkey = SecondFactor['passkeys'][number];
export type PasskeyCreation = Json<paths['/api/v1/second-factor/passkeys/challenge']['post']>['options'];
export type PasskeyRequest = Json<paths['/api/v1/login/second-factor/passkey']['post']>['options'];
export type FactorProof = Omit<Body<paths['/api/v1/login/second-factor']['post']>, 'challenge'>;
export type SavedView = Json<paths['/api/v1/saved-views']['get']>['views'][number];
export type NewSavedView = Body<paths['/api/v1/saved-views']['post']>;
export type AccessToken = Json<paths['/api/v1/tokens']['get']>['access_tokens'][number];
export type ProjectToken = Json<paths['/api/v1/project/tokens']['get']>['project_tokens'][number];
export type NewAccessToken = Body<paths['/api/v1/tokens']['post']>;
export type Message = Json<paths['/api/v1/outbox']['get']>['messages'][number];
export type RequestMessage = Json<paths['/api/v1/users/{id}/messages']['get']>['messages'][number];
export type Webhook = Json<paths['/api/v1/webhooks']['get']>['webhooks'][number];
export type NewWebhook = Body<paths['/api/v1/webhooks']['post']>;
export type OutdatedKit = Json<paths['/api/v1/kits/outdated']['get']>['kits'][number];
export type Renewal = Json<paths['/api/v1/renewals']['get']>['renewals'][number];

export type EnrolmentToken = Json<paths['/api/v1/enrolment-tokens']['get']>['enrolment_tokens'][number];
export type NewEnrolmentToken = Body<paths['/api/v1/enrolment-tokens']['post']>;

export type Invitation = Json<paths['/api/v1/invitations']['get']>['invitations'][number];
export type NewInvitation = Json<paths['/api/v1/invitations/{id}/renew']['post']>['invitations'][number];
export type InvitationsBody = Body<paths['/api/v1/invitations']['post']>;
export type ImportedRow = Json<paths['/api/v1/clients/import']['post']>['rows'][number];
