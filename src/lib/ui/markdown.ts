import createDOMPurify, { type DOMPurify } from 'dompurify';
import { marked } from 'marked';
import { referencedImage } from '#core/model/image-reference';

const TAGS = [
  ...[
    'a',
    'b',
    'blockquote',
    'br',
    'code',
    'del',
    'details',
    'em',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'hr',
    'i',
    'img',
  ],
  ...[
    'kbd',
    'li',
    'ol',
    'p',
    'pre',
    's',
    'strong',
    'sub',
    'summary',
    'sup',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'tr',
    'ul',
  ],
];
const ATTRIBUTES = ['align', 'alt', 'href', 'src', 'start', 'title'];

/** Web and mail addresses, and stored images; anything else is no address here. */
const ADDRESS = /^(?:https?:|mailto:|blob:[a-z2-7]{52}$)/i;

/** One for the page: it makes a policy of trusted types, and a page takes each name of a policy once. */
let purifier: DOMPurify | null = null;

/**
 * Markdown of somebody else as elements: no script, style, form or frame comes through; links open in a new tab that
 * knows nothing of this one. Nothing is loaded: an image from elsewhere becomes a link to it, so that reading tells
 * its host nothing, and a stored one an `img` without a source whose `data-blob` is its hash.
 */
export function renderMarkdown(source: string): DocumentFragment {
  purifier ??= createDOMPurify(window);
  const fragment = purifier.sanitize(marked.parse(source, { async: false, gfm: true }), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: ADDRESS,
    RETURN_DOM_FRAGMENT: true,
  });
  // Until the fragment is inserted, it belongs to a document that loads nothing.
  for (const image of fragment.querySelectorAll('img')) {
    const src = image.getAttribute('src');
    const stored = src === null ? null : referencedImage(src);
    if (stored === null) image.replaceWith(linkTo(src, image.alt));
    else {
      image.removeAttribute('src');
      image.dataset['blob'] = stored;
    }
  }
  for (const link of fragment.querySelectorAll('a')) {
    if (/^blob:/i.test(link.getAttribute('href') ?? '')) link.removeAttribute('href');
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
  }
  return fragment;
}

function linkTo(src: string | null, alt: string): HTMLAnchorElement {
  const link = document.createElement('a');
  if (src !== null) link.href = src;
  link.textContent = `Image: ${alt || (src ?? 'without an address')}`;
  return link;
}
