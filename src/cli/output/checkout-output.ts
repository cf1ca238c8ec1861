import type { ImageProgress } from '../../engine/engine.ts';
import { CliError } from '../errors/cli-error.ts';
import type { Output, Report } from './output.ts';

const COMMAND =
  /\bdashboard (?=--start\b|--stop\b|(?:start|stop|status|logs|restart|open|reset|backup|restore|admin|help|passphrase|doctor|unseal|image|upgrade|plan|config|service (?:install|uninstall)|list|version|completion|login|logout|project (?:get|set|freeze)|(?:users|sites) (?:list|add|approve|deny)|organizations (?:list|add|change|rename|merge)|kit get|invite|invitations (?:list|renew|revoke)|request (?:submit|list|approve|reject|fetch)|mail test|webhooks (?:list|add|test|log|renew-secret|pause|resume|remove)|enrolment (?:create|list|end)|audit (?:head|verify)|database move|import|tls (?:self-signed|acme|renew)|root (?:show|import|request|accept|discard|renew|progress)|reissue|apply|export)\b(?! (?:is|was|has)\b))/g;

/** Names commands as they can be called in a clone, where `dashboard` is not on the PATH. */
export const nameForCheckout = (text: string): string => text.replaceAll(COMMAND, 'npm run dashboard -- ');

/** Passes everything on to another output, with the commands of a clone in the texts. */
export class CheckoutOutput implements Output {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  step(text: string): void {
    this.#output.step(nameForCheckout(text));
  }

  warn(text: string): void {
    this.#output.warn(nameForCheckout(text));
  }

  progress(progress: ImageProgress): void {
    this.#output.progress(progress);
  }

  endProgress(): void {
    this.#output.endProgress();
  }

  line(text: string): void {
    this.#output.line(text);
  }

  response(report: Report): void {
    this.#output.response({ ...report, lines: report.lines.map(nameForCheckout) });
  }

  fail(error: CliError): void {
    const { code, exitCode, message, advice, lines, cause } = error;
    const text = { what: nameForCheckout(message), advice: nameForCheckout(advice) };
    this.#output.fail(new CliError(code, exitCode, text, { lines, cause }));
  }
}
