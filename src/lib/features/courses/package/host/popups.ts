/** Windows that a package opens stand over its first one, with a bar to close them. */
export class Popups {
  readonly #close: string;

  constructor(close: string) {
    this.#close = close;
  }

  open(name: string, gone: (element: HTMLIFrameElement) => void): HTMLIFrameElement {
    const box = document.createElement('section');
    const bar = document.createElement('p');
    const button = document.createElement('button');
    const frame = document.createElement('iframe');
    button.textContent = this.#close;
    button.onclick = () => {
      box.remove();
      gone(frame);
    };
    if (!name.startsWith('_')) frame.name = name;
    frame.title = name || this.#close;
    bar.append(button);
    box.append(bar, frame);
    document.body.append(box);
    button.focus();
    return frame;
  }

  /** Whether the element was one of these windows. */
  close(element: Element): boolean {
    const box = element.closest('section');
    box?.querySelector('button')?.click();
    return box !== null;
  }
}
