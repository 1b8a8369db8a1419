package io.logsense.internal.template;

import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.template.Template;
import io.logsense.api.template.TemplateMatch;
import io.logsense.api.template.TemplateMiner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Online template miner of scheme {@code tm1}: masks by shape, then groups by words.
 *
 * <p>A line goes through three steps, and most lines stop at the first:
 *
 * <ol>
 *   <li>The line is hashed with its digits folded away ({@link FoldedSignature}) and looked up in a
 *       bounded table ({@link SignatureCache}).
 *   <li>It is cut into tokens whose variables are recognised by their shape ({@link MaskedLine});
 *       neighbouring variables count as one.
 *   <li>It joins the {@link Group} of its length with which it shares most tokens, if enough
 *       ({@link Similarity}), or founds one. In a group, positions hold a few texts apart before
 *       they become wildcards.
 * </ol>
 *
 * <p>The id of a template is the hash of the masked line that founded it. It stays when words
 * become wildcards; when two templates become one the older id stays and {@link #resolve} knows the
 * other.
 *
 * <p>Only the first line of a message that is not blank is looked at, and of it the first {@link
 * Line#MAX_CHARS} characters and {@link MaskedLine#MAX_TOKENS} tokens; what is cut off is one more
 * variable. Past the limit of templates new messages belong to the catch-all {@code <*>} with the
 * id {@code tm1:0000000000000000}.
 *
 * <p>Ideas taken from: Drain (He et al., ICWS 2017), fixed length and similarity threshold; PIPLUP
 * (arXiv 2508.09366), runs of variables, thresholds by length and variants held apart; prefix
 * filtering (Chaudhuri et al., ICDE 2006) in place of a tree over the first words. There are no
 * regular expressions but those that a user gives ({@link NamedPatterns}) and no settings per kind
 * of log.
 *
 * <p>Deviations: Drain routes by the first words, this by any rare word; PIPLUP holds variants
 * apart by a count of texts, this by a count that depends on what the texts look like; both learn a
 * template's id from a counter or its text, this from its first line.
 *
 * <p>Threads: see {@link TemplateMiner}. A known signature is answered without a lock, by reading
 * what the learning thread published; everything else happens under one lock.
 *
 * <p>Memory: 0.5 MB for the table, and {@code maxTemplates} × 5 KB at most ({@link Clustering}); a
 * template of n tokens and c characters takes about 500 + 200 n + c bytes. Streams that never
 * repeat stay below it. {@link #merge} is commutative and associative up to the choice of ids, as
 * long as the limits are not reached.
 */
public final class SignatureTemplateMiner implements TemplateMiner, Purgeable {
  static final String SCHEME = "tm1";

  private final Object lock = new Object();
  private final Clustering clustering;
  private final @Nullable NamedPatterns patterns;

  /** Scratch of the learning thread. */
  private final MaskedLine line = new MaskedLine();

  /** Scratch of readers: the first of several takes it, the others make their own. */
  private final AtomicReference<MaskedLine> spare = new AtomicReference<>();

  private volatile Published published;

  /** What the hit path reads: which template a signature belongs to. */
  private static final class Published {
    final SignatureCache cache;

    /** Templates by number; null behind the last. */
    final @Nullable Learned[] byNumber;

    Published(SignatureCache cache, @Nullable Learned[] byNumber) {
      this.cache = cache;
      this.byNumber = byNumber;
    }

    /** The template with a number that the cache told; null when it was added since. */
    @Nullable Learned template(int number) {
      return number >= 0 && number < byNumber.length ? byNumber[number] : null;
    }
  }

  /** An empty miner of up to {@code maxTemplates} templates. */
  public SignatureTemplateMiner(int maxTemplates) {
    this(maxTemplates, null);
  }

  /**
   * An empty miner.
   *
   * @param patterns what is a variable whatever it looks like
   */
  public SignatureTemplateMiner(int maxTemplates, @Nullable NamedPatterns patterns) {
    clustering = new Clustering(maxTemplates);
    this.patterns = patterns;
    published = publishedWith(new SignatureCache());
  }

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public String learn(String message) {
    long signature = line.load(mined(message, matches(message)));
    Learned known = known(signature);
    return known != null ? known.id : learnNew(signature).id;
  }

  @Override
  public TemplateMatch mine(String message) {
    NamedMatches matches = matches(message);
    long signature = line.load(mined(message, matches));
    Learned known = known(signature);
    if (known != null) {
      return answer(known, false, message, matches);
    }
    Learned template = learnNew(signature);
    return answer(template, template.count() == 1 && template.number != 0, message, matches);
  }

  private @Nullable NamedMatches matches(String message) {
    return patterns == null ? null : patterns.in(message);
  }

  private static String mined(String message, @Nullable NamedMatches matches) {
    return matches == null ? message : matches.text;
  }

  /** The template of a known signature, counted; otherwise null. */
  private @Nullable Learned known(long signature) {
    Published now = published;
    Learned template = now.template(now.cache.find(signature));
    if (template == null) {
      return null;
    }
    if (template.successor != template) {
      template = template.current();
      now.cache.put(signature, template.number);
    }
    template.add(1);
    return template;
  }

  private Learned learnNew(long signature) {
    line.mask();
    synchronized (lock) {
      Learned template = clustering.place(line);
      template.add(1);
      publish(template);
      if (template.number != 0) {
        published.cache.put(signature, template.number);
      }
      return template;
    }
  }

  /** Makes a template visible to readers before its first signature is. */
  private void publish(Learned template) {
    Published now = published;
    if (clustering.hasTooManyAliases()) {
      forgetAliases();
    } else if (template.number < now.byNumber.length) {
      now.byNumber[template.number] = template;
    } else {
      published = publishedWith(now.cache);
    }
  }

  /** Numbers the templates anew; what readers hold stays as it is. */
  private void forgetAliases() {
    SignatureCache old = published.cache;
    List<Learned> byOldNumber = new ArrayList<>(clustering.all());
    clustering.forgetAliases();
    SignatureCache cache = new SignatureCache();
    for (int i = 0; i < SignatureCache.ENTRIES; i++) {
      if (old.numberAt(i) > 0) {
        cache.put(old.keyAt(i), byOldNumber.get(old.numberAt(i)).current().number);
      }
    }
    published = publishedWith(cache);
  }

  private Published publishedWith(SignatureCache cache) {
    List<Learned> all = clustering.all();
    return new Published(cache, all.toArray(new @Nullable Learned[all.size() * 2 + 64]));
  }

  @Override
  public Optional<TemplateMatch> match(String message) {
    MaskedLine scratch = spare.getAndSet(null);
    if (scratch == null) {
      scratch = new MaskedLine();
    }
    NamedMatches matches = matches(message);
    Published now = published;
    Learned template = now.template(now.cache.peek(scratch.load(mined(message, matches))));
    if (template != null) {
      template = template.current();
    } else {
      scratch.mask();
      synchronized (lock) {
        template = clustering.find(scratch);
      }
    }
    spare.setRelease(scratch);
    return template == null
        ? Optional.empty()
        : Optional.of(answer(template, false, message, matches));
  }

  @Override
  public List<Template> templates() {
    List<Template> all = new ArrayList<>();
    synchronized (lock) {
      for (Learned template : clustering.all()) {
        if (template.successor == template && template.count() > 0) {
          all.add(new Template(template.id, template.form().text, template.count()));
        }
      }
    }
    all.sort(Comparator.comparingLong(Template::count).reversed().thenComparing(Template::id));
    return all;
  }

  @Override
  public long mentions(Subject subject) {
    synchronized (lock) {
      return clustering.all().stream().filter(template -> template.mentions(subject)).count();
    }
  }

  /** Makes wildcards of the words of templates that mention the subject; ids and counts stay. */
  @Override
  public long purge(Subject subject) {
    synchronized (lock) {
      long mentions = mentions(subject);
      clustering.all().forEach(template -> template.redact(subject));
      return mentions;
    }
  }

  @Override
  public String resolve(String id) {
    synchronized (lock) {
      Learned template = clustering.byId(id);
      return template == null ? id : template.current().id;
    }
  }

  @Override
  public byte[] snapshot() {
    synchronized (lock) {
      return Snapshots.write(clustering.groups(), clustering.all(), published.cache);
    }
  }

  @Override
  public void merge(byte[] snapshot) {
    synchronized (lock) {
      int base = clustering.all().size();
      Snapshots.Content content = Snapshots.read(snapshot, base, clustering.catchAll());
      clustering.merge(content);
      SignatureCache cache = published.cache;
      published = publishedWith(cache);
      for (int i = 0; i < content.keys.length; i++) {
        if (cache.peek(content.keys[i]) < 0) {
          cache.put(content.keys[i], content.values[i]);
        }
      }
      if (clustering.hasTooManyAliases()) {
        forgetAliases();
      }
    }
  }

  private TemplateMatch answer(
      Learned template, boolean created, String message, @Nullable NamedMatches matches) {
    Learned.Form form = template.knownForm();
    if (form == null) {
      synchronized (lock) {
        form = template.form();
      }
    }
    return new TemplateMatch(
        new Template(template.id, form.text, template.count()),
        created,
        new ParameterList(message, matches, form.variable));
  }
}
