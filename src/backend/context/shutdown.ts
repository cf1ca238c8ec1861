/** Says that the backend is about to stop, and how many requests are still worked on. */
export class Shutdown {
  #announced = false;
  #underWay = 0;

  /** True once the backend wants no further requests. */
  get announced(): boolean {
    return this.#announced;
  }

  /** Requests whose responses are not complete. */
  get underWay(): number {
    return this.#underWay;
  }

  announce(): void {
    this.#announced = true;
  }

  begin(): void {
    this.#underWay += 1;
  }

  end(): void {
    this.#underWay -= 1;
  }
}
