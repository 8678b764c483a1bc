//! Days of practice, as members see them.

use insta::assert_snapshot;

use crate::bot::Bot;

#[tokio::test]
async fn a_quiz_is_revealed_by_a_reaction_and_counts_for_the_streak() {
    let mut bot = Bot::start().await;
    bot.slash("ann", "quiz", &[("topic", "caching"), ("level", "hard")]).await;
    let post = bot.question(1).await;
    bot.discord.member("bob").react(post.id, "💡").expect("he can react");
    bot.told(post.id, "Revealed by").await;
    bot.slash("bob", "streak", &[]).await;
    assert_snapshot!(bot.story(), @r#"
    08:00  ann runs /quiz topic:caching level:hard
    08:00  bot → #prep  (embed) Quiz
             ### One cache server is no longer enough. How do you spread a cache over several nodes, and what happens when a node joins, dies or comes back?
             Caching · hard · about 7 minutes: React with 💡 to reveal the answer here, or press **Show me** to see it alone.
             Hint: ||Coat checks at a concert: if the number of counters changes, how many guests have to walk to a different counter? It depends on how the counter was chosen.||
             (distributed-caching)
             [Show me]  💡×1
    08:00  bob reacts 💡
    08:00  bot opens thread "Answer: One cache server is no longer enough. How do you spread a cache over several nodes, and…"
    08:00  bot → thread "Answer: One cache server is no longer enough. How do you spread a cache over several nodes, and…"  (embed) One cache server is no longer enough. How do you spread a cache over several nodes, and what happens when a node joins, dies or comes back?
             Partition the keys over the nodes with a scheme that moves few of them when nodes change, replicate what must survive a failure, and make sure the database can bear the misses. Common are a hash ring with virtual nodes, rendezvous hashing, and fixed slots.

             **Why not modulo.** With `hash(key) % n`, going from 4 to 5 nodes leaves a key in place only if both remainders agree, which holds for 4 of 20 hash values: four in five keys move. A ring moves about one in five, all of them to the new node.
             ```python
             import bisect, hashlib

             def point(text):
                 digest = hashlib.sha256(text.encode()).digest()
                 return int.from_bytes(digest[:8], "big")

             class Ring:
                 def __init__(self, nodes, vnodes=200):
                     self.ring = sorted(
                         (point(f"{n}#{i}"), n)
                         for n in nodes for i in range(vnodes))
                     self.points = [p for p, _ in self.ring]

                 def node(self, key):
                     i = bisect.bisect_right(self.points, point(key))
                     return self.ring[i % len(self.ring)][1]
             ```
             Virtual nodes even out the shares and spread a dead node's keys over the others. Redis Cluster instead maps each key to one of 16384 slots and assigns slots to nodes.

             **When a node**
             - **joins:** its share starts cold, unless keys move along as in Redis Cluster. Add one at a time.
             - **dies:** its share misses. A promoted replica helps (asynchronous, so the last writes may be gone); also limit concurrent loads per key.
             - **comes back:** it may hold values from before. Empty it first. Clients that disagree about the list cause the same staleness.

             **Hot keys.** Partitioning does not split one key. Keep it in process memory for seconds, or store copies under several names and read one at random.

             **Near-cache.** Saves the hop, but needs invalidation messages and short lifetimes; empty it after a lost connection.

             **Many keys at once** fan out to many nodes, and the slowest decides. Tags such as `{tour:9}` keep related keys in one Redis Cluster slot, at the risk of a hot slot.

             **Timeouts** must be short, so that a sick node counts as a miss.

             **When not.** A larger node with a replica is simpler. First check for oversized values and useless entries.

             **Key points**
             - Keys are partitioned over the nodes, and replicas or a tolerable miss cover the loss of a node.
             - Consistent hashing moves only about one node's share of the keys when a node joins or leaves.
             - Hash modulo node count is not consistent hashing and moves most keys when the count changes.
             - Virtual nodes even out the shares and spread the keys of a failed node over the others.
             - Redis Cluster uses 16384 fixed hash slots that are assigned to nodes.
             - A hot key stays on one node, so it needs copies under several names or a local cache.
             - A near-cache in the process saves a hop but needs invalidation and short lifetimes.
             - When a node fails its misses hit the database, which must be protected.

             **Common mistakes**
             - Presenting hash modulo the number of nodes as consistent hashing.
             - Letting a node rejoin with the data it held before it left.
             - Expecting more nodes to cure a single hot key.
             - Planning database capacity for the normal hit ratio only, so that losing one cache node takes everything down.
             (1/2 · distributed-caching · Caching · hard · about 7 minutes)
    08:00  bot → thread "Answer: One cache server is no longer enough. How do you spread a cache over several nodes, and…"  (embed) **Follow-up questions**
             - What is rendezvous hashing and when is it nicer than a ring?
             ||For each key the client computes a score from key and node name for every node and takes the highest. If a node leaves, only its keys move, each to its own second best, so the load spreads evenly without virtual nodes or stored state. The runners-up are natural places for replicas, and weights can be added. The cost is one hash per node and lookup, which is fine for tens of nodes; for very many a ring with binary search does less work.||

             - How would you move a busy service from one cache cluster to a new one without a cold start?
             ||I warm the new cluster before it counts. Writes and deletes go to both from the start, since a missed delete would leave stale values. Reads stay on the old cluster, and a growing share of its hits is copied over with the remaining lifetime, added only if the key is absent. Once the new hit ratio is close, reads move over in steps, with the old cluster as a second lookup on a miss. I watch the database load at every step and keep the way back open until the longest lifetime has passed.||

             **Read next**
             `database-sharding`, `redis-vs-memcached`, `cache-invalidation`

             **Sources**
             - Karger et al., Consistent Hashing and Random Trees, STOC 1997
             - Thaler and Ravishankar, Using Name-Based Mappings to Increase Hit Rates, 1998
             - Redis Cluster specification, key distribution model
             - Nishtala et al., Scaling Memcache at Facebook, NSDI 2013, section 3
             Revealed by: <@661720242585600006>
             (2/2 · distributed-caching)
    08:00  bob runs /streak
    08:00  bot → bob (only)  (embed) Your streak
             🔥 1 day in a row (best 1). No freeze held.

             Tu⬛ We⬛ Th⬛ Fr⬛ Sa⬛ Su⬛ Mo⬛
             Tu⬛ We⬛ Th⬛ Fr⬛ Sa⬛ Su⬛ Mo🟩
             🟩 practiced · ⬛ before you began

             Today counted.
    "#);
    bot.stop().await;
}
