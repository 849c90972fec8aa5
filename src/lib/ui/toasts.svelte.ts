/** A short message that needs no answer, with at most one thing to do. */
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'good' | 'bad';
  action?: { label: string; run: () => void };
}

interface Options {
  tone?: Toast['tone'];
  action?: Toast['action'];
  /** Milliseconds in sight; 0 keeps it until it is dismissed. With an action the default is longer. */
  stay?: number;
}

class Toasts {
  list = $state<Toast[]>([]);
  #last = 0;

  /** Shows a message and returns its id; the same words are shown once. */
  show(text: string, { tone = 'plain', action, stay = action ? 10_000 : 5_000 }: Options = {}): number {
    this.list = this.list.filter((toast) => toast.text !== text);
    const id = ++this.#last;
    this.list.push({ id, text, tone, action });
    if (stay > 0) setTimeout(() => this.dismiss(id), stay);
    return id;
  }

  /** Takes all messages away. */
  clear(): void {
    this.list = [];
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
