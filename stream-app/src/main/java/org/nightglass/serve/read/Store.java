package org.nightglass.serve.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatchWithIndex;
import org.rocksdb.WriteOptions;

/**
 * Sorted bytes on disk, in RocksDB. One thread writes, any number read.
 *
 * <p>What one {@link Write} holds appears at once and stays or goes as a whole, whatever crashes.
 * Not every write is forced to the disk: after a power cut the store may end a little earlier, with
 * the offsets that belong to it.
 */
final class Store implements AutoCloseable {
  private static final long BLOCK_CACHE_BYTES = 32L << 20;
  private static final long WRITE_BUFFER_BYTES = 16L << 20;
  private static final int BLOOM_BITS_PER_KEY = 10;

  private final Path folder;
  private final Options options;
  private final LRUCache cache;
  private final BloomFilter bloom;
  private final RocksDB database;

  /** Native memory is gone once closed: readers hold the one lock, closing takes the other. */
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  private Store(Path folder, Options options, LRUCache cache, BloomFilter bloom, RocksDB database) {
    this.folder = folder;
    this.options = options;
    this.cache = cache;
    this.bloom = bloom;
    this.database = database;
  }

  /** Opens the store in a folder, which is made if it is not there. */
  static Store open(Path folder) {
    RocksDB.loadLibrary();
    LRUCache cache = new LRUCache(BLOCK_CACHE_BYTES);
    BloomFilter bloom = new BloomFilter(BLOOM_BITS_PER_KEY);
    Options options =
        new Options()
            .setCreateIfMissing(true)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setWriteBufferSize(WRITE_BUFFER_BYTES)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom));
    try {
      Files.createDirectories(folder);
      return new Store(folder, options, cache, bloom, RocksDB.open(options, folder.toString()));
    } catch (IOException | RocksDBException e) {
      options.close();
      bloom.close();
      cache.close();
      throw new StoreException(
          "the read model's store in "
              + folder
              + " cannot be opened ("
              + e.getMessage()
              + "): two instances on one machine need two state.dir; a broken store may be deleted",
          e);
    }
  }

  Path folder() {
    return folder;
  }

  byte @Nullable [] get(byte[] key) {
    return reading(
        () -> {
          try {
            return database.get(key);
          } catch (RocksDBException e) {
            throw new StoreException("read", e);
          }
        });
  }

  /** What is done with each entry of a scan. */
  interface Visitor {
    /** Whether to go on. */
    boolean entry(byte[] key, byte[] value);
  }

  /**
   * Visits the entries of one moment whose keys begin with {@code prefix}, in order of their keys.
   *
   * @param from where to begin, inclusive; null = at the first
   */
  void scan(byte[] prefix, byte @Nullable [] from, Visitor visitor) {
    walk(prefix, at -> at.seek(from == null ? prefix : from), RocksIterator::next, visitor);
  }

  /**
   * The same backwards.
   *
   * @param from where to begin, inclusive; null = at the last
   */
  void scanBack(byte[] prefix, byte @Nullable [] from, Visitor visitor) {
    walk(
        prefix,
        at -> {
          at.seekForPrev(from == null ? Key.after(prefix) : from);
          if (from == null && at.isValid() && !Key.startsWith(at.key(), prefix)) {
            at.prev(); // a key that is just what follows the prefix
          }
        },
        RocksIterator::prev,
        visitor);
  }

  private void walk(
      byte[] prefix, Consumer<RocksIterator> begin, Consumer<RocksIterator> step, Visitor visitor) {
    Object unused =
        reading(
            () -> {
              try (ReadOptions reads = new ReadOptions();
                  RocksIterator at = database.newIterator(reads)) {
                begin.accept(at);
                while (at.isValid()
                    && Key.startsWith(at.key(), prefix)
                    && visitor.entry(at.key(), at.value())) {
                  step.accept(at);
                }
                at.status();
                return "";
              } catch (RocksDBException e) {
                throw new StoreException("scan", e);
              }
            });
  }

  /**
   * The first key at or after {@code from} that begins with {@code prefix}; null if there is none.
   */
  byte @Nullable [] firstKey(byte[] prefix, byte[] from) {
    byte[][] found = new byte[1][];
    scan(
        prefix,
        from,
        (key, value) -> {
          found[0] = key;
          return false;
        });
    return found[0];
  }

  /** Begins a write; to be committed or closed by the one thread that writes. */
  Write write() {
    return new Write();
  }

  /** Several changes that appear together. */
  final class Write implements AutoCloseable {
    private final WriteBatchWithIndex batch = new WriteBatchWithIndex(true);
    private final ReadOptions reads = new ReadOptions();

    /** What stands under a key, with this write's own changes. */
    byte @Nullable [] get(byte[] key) {
      return reading(
          () -> {
            try {
              return batch.getFromBatchAndDB(database, reads, key);
            } catch (RocksDBException e) {
              throw new StoreException("read", e);
            }
          });
    }

    void put(byte[] key, byte[] value) {
      try {
        batch.put(key, value);
      } catch (RocksDBException e) {
        throw new StoreException("write", e);
      }
    }

    void delete(byte[] key) {
      try {
        batch.delete(key);
      } catch (RocksDBException e) {
        throw new StoreException("delete", e);
      }
    }

    void commit() {
      Object unused =
          reading(
              () -> {
                try (WriteOptions writes = new WriteOptions()) {
                  database.write(writes, batch);
                  return "";
                } catch (RocksDBException e) {
                  throw new StoreException("write", e);
                }
              });
    }

    @Override
    public void close() {
      batch.close();
      reads.close();
    }
  }

  private <T extends @Nullable Object> T reading(Supplier<T> work) {
    open.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the read model is closed");
      }
      return work.get();
    } finally {
      open.readLock().unlock();
    }
  }

  /** A store that cannot be read or written: a full or broken disk, most likely. */
  static final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String doing, Exception cause) {
      super(
          cause instanceof RocksDBException && !doing.contains(" ")
              ? "the read model's store: cannot " + doing + ": " + cause.getMessage()
              : doing,
          cause);
    }
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        database.close();
        options.close();
        bloom.close();
        cache.close();
      }
    } finally {
      open.writeLock().unlock();
    }
  }

  /** Closes the store and deletes what it holds. */
  void destroy() {
    close();
    try (Options plain = new Options()) {
      RocksDB.destroyDB(folder.toString(), plain);
    } catch (RocksDBException e) {
      throw new UncheckedIOException(new IOException("cannot delete " + folder, e));
    }
  }
}
