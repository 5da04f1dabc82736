using Moderation.Data.Writing;

using static Moderation.Tests.Data.DeskExtensions;

namespace Moderation.Tests.Data.Writing;

public sealed class WriteGateTests
{
    [Fact]
    public async Task People_go_before_bulk_and_within_a_priority_it_is_first_come_first_served()
    {
        var gate = new WriteGate();
        var order = new List<string>();
        var holder = await gate.EnterAsync(WritePriority.Bulk, Stop);
        var waiting = new List<Task>
        {
            PassAsync(WritePriority.Bulk, "bulk 1"),
            PassAsync(WritePriority.Person, "person 1"),
            PassAsync(WritePriority.Bulk, "bulk 2"),
            PassAsync(WritePriority.Person, "person 2"),
        };

        Assert.Empty(order);
        holder.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["person 1", "person 2", "bulk 1", "bulk 2"], order);

        async Task PassAsync(WritePriority priority, string name)
        {
            using var passage = await gate.EnterAsync(priority, Stop);
            order.Add(name);
        }
    }

    [Fact]
    public async Task Bulk_rows_wait_for_a_bounded_number_of_people()
    {
        var gate = new WriteGate();
        var order = new List<WritePriority>();
        var holder = await gate.EnterAsync(WritePriority.Bulk, Stop);
        var waiting = Enumerable.Repeat(WritePriority.Person, (3 * WriteGate.MostPeopleInARow) + 1).Prepend(WritePriority.Bulk).Append(WritePriority.Bulk)
            .Select(async priority =>
            {
                using var passage = await gate.EnterAsync(priority, Stop);
                order.Add(priority);
            })
            .ToList();

        holder.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(
            [WriteGate.MostPeopleInARow, (2 * WriteGate.MostPeopleInARow) + 1],
            order.Select((priority, place) => (priority, place)).Where(pair => pair.priority == WritePriority.Bulk).Select(pair => pair.place));
    }

    [Fact]
    public async Task Only_a_waiting_person_asks_bulk_to_step_aside()
    {
        var gate = new WriteGate();
        var holder = await gate.EnterAsync(WritePriority.Bulk, Stop);
        Assert.False(gate.PersonWaiting);

        var bulk = gate.EnterAsync(WritePriority.Bulk, Stop);
        Assert.False(gate.PersonWaiting);
        var person = gate.EnterAsync(WritePriority.Person, Stop);
        Assert.True(gate.PersonWaiting);

        holder.Dispose();
        (await person).Dispose();
        Assert.False(gate.PersonWaiting);
        (await bulk).Dispose();
    }

    [Theory]
    [InlineData(WritePriority.Person)]
    [InlineData(WritePriority.Bulk)]
    public async Task Who_gives_up_while_waiting_leaves_the_queue_to_the_others(WritePriority priority)
    {
        var gate = new WriteGate();
        using var patience = new CancellationTokenSource();
        var holder = await gate.EnterAsync(WritePriority.Bulk, Stop);
        var impatient = gate.EnterAsync(priority, patience.Token).AsTask();
        var patient = gate.EnterAsync(priority, Stop).AsTask();

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.False(patient.IsCompleted);
        holder.Dispose();
        (await patient).Dispose();
        Assert.False(gate.PersonWaiting);
        Assert.True(gate.EnterAsync(WritePriority.Bulk, Stop).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Who_has_given_up_before_asking_does_not_block_the_gate()
    {
        var gate = new WriteGate();
        var holder = await gate.EnterAsync(WritePriority.Bulk, Stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await gate.EnterAsync(WritePriority.Person, new CancellationToken(canceled: true)));

        holder.Dispose();
        Assert.True(gate.EnterAsync(WritePriority.Bulk, Stop).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Giving_up_just_as_the_turn_comes_never_loses_the_gate()
    {
        var gate = new WriteGate();
        for (var round = 0; round < 500; round++)
        {
            using var patience = new CancellationTokenSource();
            var holder = await gate.EnterAsync(WritePriority.Bulk, Stop);
            var racing = gate.EnterAsync(WritePriority.Person, patience.Token).AsTask();
            var behind = gate.EnterAsync(WritePriority.Bulk, Stop).AsTask();

            var cancelling = Task.Run(patience.Cancel, Stop);
            holder.Dispose();
            await cancelling;
            try
            {
                (await racing).Dispose();
            }
            catch (OperationCanceledException)
            {
                // Gave up in time; the one behind must have its turn all the same.
            }

            (await behind).Dispose();
        }

        Assert.False(gate.PersonWaiting);
    }

    [Fact]
    public async Task Never_two_are_inside_at_once_however_many_come_and_give_up()
    {
        var gate = new WriteGate();
        var inside = 0;
        var random = new Random(1);
        var plans = Enumerable.Range(0, 400).Select(_ => (Person: random.Next(2) == 0, GivesUp: random.Next(3) == 0)).ToList();

        await Task.WhenAll(plans.Select(plan => Task.Run(
            async () =>
            {
                using var patience = new CancellationTokenSource();
                var entering = gate.EnterAsync(plan.Person ? WritePriority.Person : WritePriority.Bulk, patience.Token);
                if (plan.GivesUp)
                {
                    await patience.CancelAsync();
                }

                try
                {
                    using var passage = await entering;
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                }
                catch (OperationCanceledException) when (plan.GivesUp)
                {
                    // As planned.
                }
            },
            Stop)));

        Assert.True(gate.EnterAsync(WritePriority.Bulk, Stop).AsTask().IsCompleted);
    }
}
