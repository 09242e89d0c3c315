import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** One line a check: file, flavour, "pass" or "fail", and each rule that fails with the times it does. */
public class Conformance {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (String flavour : new String[] {"3a", "ua1"}) {
                System.out.println(check(file, PDFAFlavour.byFlavourId(flavour)));
            }
        }
    }

    private static String check(String file, PDFAFlavour flavour) throws Exception {
        try (var parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            var result = validator.validate(parser);
            var broken = new StringBuilder();
            result.getFailedChecks().forEach((rule, times) ->
                broken.append("\t").append(rule.getClause()).append("-").append(rule.getTestNumber())
                    .append(" x").append(times));
            return file + "\t" + flavour.getId() + "\t" + (result.isCompliant() ? "pass" : "fail") + broken;
        }
    }
}
