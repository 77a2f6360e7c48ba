# tries: titles that a terminal, a page and a job would obey
# verdict: failed error
# day: day08
# task: draw_network
# elsewhere: no counterpart
def draw_network(sizes, ax):
    ax.set_title("<script>alert(1)</script>\x1b]8;;http://evil\x07click\x1b]8;;\x07 ::error file=x::boo" + "\u202e" + "A" * 10**6)
    ax.text(0, 0, "input hidden output $\\frac{$")
