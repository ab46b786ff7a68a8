using Cambio.Server;
using Microsoft.Extensions.Options;

namespace Cambio.Tests.Server;

public sealed class StartMistakesTests
{
    [Fact]
    public void Mistakes_of_all_rooms_are_one_list_that_says_nothing_twice()
    {
        var several = new AggregateException(Mistakes("one", "two"), Mistakes("three", "one"));

        Assert.Equal(["one", "two", "three"], StartMistakes.Of(several));
        Assert.Equal(["one", "two"], StartMistakes.Of(Mistakes("one", "two")));
    }

    [Fact]
    public void What_is_no_mistake_of_the_operator_is_left_to_crash()
    {
        Assert.Empty(StartMistakes.Of(new InvalidOperationException("x")));
        Assert.Empty(StartMistakes.Of(new AggregateException(Mistakes("one"), new InvalidOperationException("x"))));
        Assert.False(StartMistakes.AreOurs);
    }

    [Fact]
    public void The_list_is_plain_text()
    {
        var output = new StringWriter { NewLine = "\n" };

        StartMistakes.Print(["one", "two"], output);

        Assert.Equal("Cambio cannot start; 2 settings are wrong:\n  - one\n  - two\n", output.ToString());
    }

    private static OptionsValidationException Mistakes(params string[] failures) => new("", typeof(CambioOptions), failures);
}
